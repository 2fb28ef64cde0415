//! A new migration is a reason to build again: the program carries them.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
