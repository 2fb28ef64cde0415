//! Lists the demo's pictures, so that the program carries them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("assets/dishes");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut slugs: Vec<String> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix("-640.webp")?.to_owned()))
        .collect();
    slugs.sort();
    let mut source = String::from(
        "/// Slug and picture in each of the widths of `IMAGE_WIDTHS`.\nconst DISHES: &[(&str, [&[u8]; 3])] = &[\n",
    );
    for slug in slugs {
        let pictures = [320, 640, 960]
            .map(|width| format!("include_bytes!({:?})", folder.join(format!("{slug}-{width}.webp"))));
        writeln!(source, "    ({slug:?}, [{}]),", pictures.join(", ")).map_err(io::Error::other)?;
    }
    source.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("dishes.rs"), source)
}
