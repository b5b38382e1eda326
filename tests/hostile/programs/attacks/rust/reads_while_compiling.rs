// Asks the compiler for files, its environment, modules and libraries of others, and the assembler too.
#![allow(internal_features)]
#[path = "/etc/passwd"]
mod passwd;
#[path = "/dev/stdin"]
mod standard;
#[link(name = "/etc/shadow")]
extern "C" {}
core::arch::global_asm!(".incbin \"/proc/self/environ\"", ".incbin \"/dev/zero\"");
const HOME: &str = env!("HOME");
const KEY: Option<&str> = option_env!("ADJUDGE_KEY");
const SELF: &str = include_str!("/proc/self/cmdline");
const NOISE: &[u8] = include_bytes!("/dev/urandom");
fn main() { println!("{HOME}{KEY:?}{SELF}{}", NOISE.len()); }
