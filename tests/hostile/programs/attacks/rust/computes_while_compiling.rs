// Keeps the compiler busy with a constant
const fn burn() -> u64 {
    let mut x = 0u64;
    while x < u64::MAX {
        x += 1;
    }
    x
}
const X: u64 = burn();
fn main() {
    println!("{X}");
}
