// Locks its streams and unwraps
use std::io::{self, BufRead, Write};
fn main() {
    let line = io::stdin().lock().lines().next().unwrap().unwrap();
    let v: Vec<u64> = line.split_whitespace().map(|w| w.parse().unwrap()).collect();
    writeln!(io::stdout().lock(), "{}", (v[0] * 7919 + v[1] * 104729) % 1_000_003).unwrap();
}
