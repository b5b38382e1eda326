use std::io::{Read, Write};
use std::process::{exit, Command};
use std::{fs, net, path::Path, thread, time::Duration};

fn deep(n: u64) -> u64 {
    if n == 0 { 0 } else { 1 + std::hint::black_box(deep(n - 1)) }
}

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mut words = text.split_whitespace();
    match words.next().unwrap() {
        "sum" => println!("{}", words.map(|n| n.parse::<i64>().unwrap()).sum::<i64>()),
        "exit" => { println!("before"); exit(7) }
        "fail" => panic!("on purpose"),
        "loop" => { let mut i = 0u64; loop { i = std::hint::black_box(i + 1); } }
        "memory" => { let mut held = vec![]; loop { held.push(vec![1u8; 1 << 20]); } }
        "spawn" => {
            let mut count = 0;
            while thread::Builder::new().spawn(|| thread::sleep(Duration::from_secs(60))).is_ok() { count += 1; }
            println!("{count}");
            exit(0)
        }
        "flood" => { let line = "x".repeat(1000); let mut out = std::io::stdout(); loop { writeln!(out, "{line}").unwrap(); } }
        "secret" => {
            for path in ["/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"] {
                if Path::new(path).exists() { println!("{path}"); return; }
            }
            println!("refused")
        }
        "connect" => println!("{}", if net::TcpStream::connect("127.0.0.1:80").is_ok() { "connected" } else { "refused" }),
        "leave" => { Command::new("setsid").args(["sleep", "60"]).spawn().unwrap(); println!("left") }
        "file" => {
            println!("{}", if Path::new("note").exists() { "found" } else { "fresh" });
            fs::write("note", "x").unwrap()
        }
        "deep" => println!("{}", deep(20_000)),
        _ => exit(9),
    }
}
