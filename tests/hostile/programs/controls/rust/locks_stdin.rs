// Locked input, a buffered writer, iterators, hash maps, threads, a panic that is caught.
use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::sync::{mpsc, Arc, Mutex};

trait Weighs { fn weight(&self) -> u64; }
impl Weighs for (u64, u64) { fn weight(&self) -> u64 { self.0 * self.1 } }

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    io::stdin().read_to_string(&mut line)?;
    let numbers: Vec<u64> = line.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let factors: HashMap<usize, u64> = [(0, 7919), (1, 104729)].into_iter().collect();
    let (send, receive) = mpsc::channel();
    let seen = Arc::new(Mutex::new(BTreeMap::new()));
    let workers: Vec<_> = numbers.into_iter().enumerate().map(|(at, n)| {
        let (send, seen, factor) = (send.clone(), seen.clone(), factors[&at]);
        std::thread::spawn(move || { seen.lock().unwrap().insert(at, n); send.send((n, factor).weight()).unwrap() })
    }).collect();
    drop(send);
    let total: u64 = receive.iter().sum();
    for worker in workers { worker.join().unwrap(); }
    assert!(std::panic::catch_unwind(|| { if total > 0 { panic!("caught") } }).is_err());
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "{}", total % 1_000_003)?;
    out.flush()?;
    std::process::exit(0)
}
