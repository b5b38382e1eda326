// Doubles its own text until the compiler gives up
#![recursion_limit = "1000000"]
macro_rules! twice { ($($t:tt)*) => { twice!($($t)* $($t)*) } }
fn main() {
    twice!(1 +);
}
