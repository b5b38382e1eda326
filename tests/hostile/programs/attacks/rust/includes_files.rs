// Includes what lies outside of the sandbox
const A: &str = include_str!("/etc/passwd");
const B: &[u8] = include_bytes!("/proc/1/environ");
fn main() {
    println!("{A}{B:?}");
}
