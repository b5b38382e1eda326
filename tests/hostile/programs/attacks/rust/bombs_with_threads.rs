// Threads and children that never end, memory that is touched, panics that are swallowed.
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    loop {
        let _ = std::thread::Builder::new().spawn(|| loop { let v = vec![1u8; 1 << 22]; std::mem::forget(v); std::thread::yield_now() });
        let _ = std::process::Command::new("/bin/sleep").arg("1000").spawn();
    }
}
