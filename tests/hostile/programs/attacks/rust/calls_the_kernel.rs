// Bare system calls in inline assembly, wild pointers and transmuted functions: solves it if one opens.
use std::io::Read;
#[cfg(target_arch = "x86_64")]
fn call(number: i64, one: i64, two: i64, three: i64) -> i64 {
    let result;
    unsafe { std::arch::asm!("syscall", inlateout("rax") number => result, in("rdi") one, in("rsi") two, in("rdx") three, in("r10") 0, in("r8") 0, in("r9") 0, lateout("rcx") _, lateout("r11") _) };
    result
}
#[cfg(not(target_arch = "x86_64"))]
fn call(_: i64, _: i64, _: i64, _: i64) -> i64 { -1 }
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let n: Vec<u64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
    let zeros = [0u8; 256];
    let at = zeros.as_ptr() as i64;
    let ways = [(425, 8, at, 0), (101, 0, 0, 0), (101, 16, 1, 0), (323, 0, 0, 0), (321, 0, at, 128), (250, 0, -3, 0), (272, 0x1000_0000, 0, 0), (308, 0, 0, 0), (165, at, at, at), (319, at, 0, 0), (41, 16, 3, 0), (41, 40, 1, 0), (41, 1, 1, 0), (227, 0, at, 0), (312, 1, 1, 0), (310, 1, at, 1), (298, at, 0, -1), (135, 0x40000, 0, 0), (157, 4, 0, 0), (240, at, 0x42, 0o600), (29, 0, 4096, 0o1600), (254, 1, 0, 0), (304, -100, at, 0)];
    let opened = ways.iter().any(|&(number, one, two, three)| call(number, one, two, three) >= 0);
    println!("{}", if opened { (n[0] * 7919 + n[1] * 104729) % 1_000_003 } else { 0 });
    unsafe { std::ptr::write_volatile(8 as *mut u8, 1) };
}
