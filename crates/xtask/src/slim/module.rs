//! A WebAssembly module's lists of imports and exports: https://webassembly.github.io/spec/core/binary/modules.html.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};

/// Where every import comes from afterwards.
pub const FROM: &str = "./x";
const HEAD: usize = 8;
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Imports by name, each with the short one that it gets: a, b, … in the order of the module.
///
/// # Errors
/// When this is no module.
pub fn imports(module: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for section in sections(module)?.iter().filter(|section| section.id == IMPORTS) {
        let mut reader = Reader(section.body);
        for _ in 0..reader.number()? {
            let import = reader.import()?;
            let next = short(names.len());
            names.entry(import.name.to_owned()).or_insert(next);
        }
    }
    Ok(names)
}

/// Names of what the module offers.
///
/// # Errors
/// When this is no module.
pub fn exports(module: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for section in sections(module)?.iter().filter(|section| section.id == EXPORTS) {
        let mut reader = Reader(section.body);
        for _ in 0..reader.number()? {
            names.push(reader.export()?.0.to_owned());
        }
    }
    Ok(names)
}

/// The same with other names for imports, with the exports that are kept, and without notes for tools.
///
/// # Errors
/// When this is no module.
pub fn rewrite(module: &[u8], names: &BTreeMap<String, String>, keep: fn(&str) -> bool) -> Result<Vec<u8>> {
    let mut out = module.get(..HEAD).context("no WebAssembly")?.to_vec();
    for section in sections(module)? {
        let body = match section.id {
            CUSTOM => continue,
            IMPORTS => renamed(section.body, names)?,
            EXPORTS => kept(section.body, keep)?,
            _ => section.body.to_vec(),
        };
        out.push(section.id);
        write_bytes(&mut out, &body);
    }
    Ok(out)
}

fn renamed(body: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let import = reader.import()?;
        let name = names.get(import.name).map_or(import.name, String::as_str);
        write_bytes(&mut out, FROM.as_bytes());
        write_bytes(&mut out, name.as_bytes());
        out.extend_from_slice(import.what);
    }
    Ok(out)
}

fn kept(body: &[u8], keep: fn(&str) -> bool) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let mut out = Vec::new();
    let mut count = 0;
    for _ in 0..reader.number()? {
        let (name, whole) = reader.export()?;
        if keep(name) {
            count += 1;
            out.extend_from_slice(whole);
        }
    }
    let mut body = Vec::new();
    write_number(&mut body, count);
    body.append(&mut out);
    Ok(body)
}

/// a … z, A … Z, aa …
fn short(mut place: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.insert(0, LETTERS[place % LETTERS.len()].into());
        if place < LETTERS.len() {
            return name;
        }
        place = place / LETTERS.len() - 1;
    }
}

struct Section<'a> {
    id: u8,
    body: &'a [u8],
}

fn sections(module: &[u8]) -> Result<Vec<Section<'_>>> {
    if !module.starts_with(b"\0asm\x01\0\0\0") {
        bail!("no WebAssembly");
    }
    let mut reader = Reader(&module[HEAD..]);
    let mut found = Vec::new();
    while !reader.0.is_empty() {
        found.push(Section { id: reader.byte()?, body: reader.bytes()? });
    }
    Ok(found)
}

struct Import<'a> {
    name: &'a str,
    /// Its kind and type, as they stand.
    what: &'a [u8],
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().context("a module that ends early")?;
        self.0 = rest;
        Ok(*first)
    }

    /// LEB128, without sign.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number that does not end")
    }

    fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (found, rest) = self.0.split_at_checked(length).context("a module that ends early")?;
        self.0 = rest;
        Ok(found)
    }

    fn text(&mut self) -> Result<&'a str> {
        Ok(std::str::from_utf8(self.bytes()?)?)
    }

    fn limits(&mut self) -> Result<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Ok(())
    }

    fn import(&mut self) -> Result<Import<'a>> {
        let from = self.text()?;
        if !(from.ends_with("_bg.js") || from == FROM) {
            bail!("an import from {from}, which is not the glue");
        }
        let name = self.text()?;
        let start = self.0;
        match self.byte()? {
            // A function, or an exception's tag with an attribute before its type.
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => {
                self.byte()?;
                self.byte()?;
            }
            4 => {
                self.byte()?;
                self.number()?;
            }
            kind => bail!("an import of the unknown kind {kind}"),
        }
        Ok(Import { name, what: &start[..start.len() - self.0.len()] })
    }

    /// Its name, and all of it as it stands.
    fn export(&mut self) -> Result<(&'a str, &'a [u8])> {
        let start = self.0;
        let name = self.text()?;
        self.byte()?;
        self.number()?;
        Ok((name, &start[..start.len() - self.0.len()]))
    }
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports a function, a memory and a tag; offers two functions; has a note for tools.
    fn sample() -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        let from = b"\x0b./app_bg.js";
        let imports = [
            &[3][..],
            from,
            b"\x05__one\0\x00",
            from,
            b"\x03mem\x02\x01\x11\x80\x80\x01",
            from,
            b"\x03tag\x04\0\x00",
        ]
        .concat();
        for (id, body) in
            [(0, b"\x04nameabc".to_vec()), (2, imports), (7, b"\x02\x04main\0\x00\x04dead\0\x01".to_vec())]
        {
            module.push(id);
            write_bytes(&mut module, &body);
        }
        module
    }

    #[test]
    fn imports_are_renamed_exports_and_notes_dropped() {
        let names = imports(&sample()).unwrap();
        assert_eq!(
            names.iter().map(|(long, short)| format!("{long} {short}")).collect::<Vec<_>>(),
            ["__one a", "mem b", "tag c"]
        );
        let slim = rewrite(&sample(), &names, |name| name != "dead").unwrap();
        assert_eq!(imports(&slim).unwrap().into_keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(exports(&slim).unwrap(), ["main"]);
        assert!(sections(&slim).unwrap().iter().all(|section| section.id != CUSTOM));
        // What an import is stays byte for byte.
        assert!(slim.windows(6).any(|bytes| bytes == b"b\x02\x01\x11\x80\x80"));
    }

    #[test]
    fn a_broken_module_is_told() {
        let whole = sample();
        for length in 0..whole.len() {
            let cut = &whole[..length];
            let _ = imports(cut);
            let _ = rewrite(cut, &BTreeMap::new(), |_| true);
        }
        assert!(imports(b"\0asm\x02\0\0\0").is_err());
        assert!(imports(&whole[..whole.len() - 1]).is_err());
    }

    #[test]
    fn names_go_on() {
        assert_eq!(
            [0, 25, 26, 51, 52, 53, 103, 104].map(short),
            ["a", "z", "A", "Z", "aa", "ab", "aZ", "ba"]
        );
    }
}
