// Files by name, unsafe code and C's library, a deep stack in a thread.
use std::fs::{read_to_string, write};
extern "C" { fn getpid() -> i32; fn abs(n: i32) -> i32; }
fn deep(n: u64) -> u64 { if n == 0 { 0 } else { 1 + std::hint::black_box(deep(n - 1)) } }
fn main() {
    let text = read_to_string("/dev/stdin").unwrap();
    let n: Vec<u64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
    write("/tmp/note", n.len().to_string()).unwrap();
    assert!(unsafe { abs(-getpid()) } > 0);
    assert_eq!(std::thread::Builder::new().stack_size(64 << 20).spawn(|| deep(100_000)).unwrap().join().unwrap(), 100_000);
    println!("{}", (n[0] * 7919 + n[1] * 104729) % 1_000_003);
}
