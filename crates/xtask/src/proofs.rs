//! The documents that name a test for each promise: every test that they name exists.

use std::fs;
use std::path::{Path, PathBuf};

/// The documents. A row of a table of theirs names a test as `file::name`, a decision as a link, or says that it
/// is open.
const DOCUMENTS: [&str; 2] = ["docs/requirements-coverage.md", "docs/security.md"];
/// Files that are named without their folder are API tests.
const API_TESTS: &str = "crates/server/tests/api";
/// What a row says that has neither test nor decision.
const OPEN: [&str; 2] = ["not yet covered", "not of the back end"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What stands between backticks and looks like a test.
fn tests_named(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('`').skip(1).step_by(2).filter_map(|span| span.split_once("::")).filter(|(file, _)| {
        Path::new(file).extension().is_some_and(|extension| extension == "rs" || extension == "mjs")
    })
}

/// The targets of links to files.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()).filter(|to| !to.contains("://"))
}

/// Why a test that is named is not there, if it is not.
fn missing(file: &str, name: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some(text) = read(file).or_else(|| read(&format!("{API_TESTS}/{file}"))) else {
        return Some(format!("{file}: no such file"));
    };
    let there = if file.ends_with(".mjs") {
        // A test, or one of the states that tests walk through.
        let is_state = |line: &str| line.trim() == format!("name: '{name}',");
        text.lines().any(|line| (line.contains("test(") && line.contains(name)) || is_state(line))
    } else {
        is_test(&text, name)
    };
    (!there).then(|| format!("{file}: no test {name}"))
}

/// Whether a function of that name stands below `#[test]` or `#[tokio::test…]`.
fn is_test(text: &str, name: &str) -> bool {
    let function = format!("fn {name}(");
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let place = lines.iter().position(|line| line.contains(&function));
    place.is_some_and(|place| {
        let above =
            lines[..place].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        above.into_iter().any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

#[test]
fn every_test_and_file_that_a_document_names_exists() {
    let root = root();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).unwrap();
        let read = |file: &str| fs::read_to_string(root.join(file)).ok();
        let wrong: Vec<_> = tests_named(&text).filter_map(|(file, name)| missing(file, name, read)).collect();
        assert!(wrong.is_empty(), "{document} promises too much:\n{}", wrong.join("\n"));
        assert!(tests_named(&text).count() > 50, "{document} names hardly any test");
        for link in links(&text) {
            assert!(root.join("docs").join(link).exists(), "{document} links to {link}, which is not there");
        }
    }
}

#[test]
fn every_row_of_the_rules_has_a_proof_or_says_that_it_has_none() {
    let text = fs::read_to_string(root().join(DOCUMENTS[0])).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| rule"));
    for row in rows {
        let proven = tests_named(row).next().is_some() || links(row).next().is_some();
        assert!(proven || OPEN.iter().any(|word| row.contains(word)), "no proof: {row}");
    }
}

#[test]
fn what_is_not_there_is_noticed() {
    let text = "#[tokio::test]\n#[ignore]\nasync fn holds() {}\n\nfn helper() {}\n";
    let read = |file: &str| (file == "crates/server/tests/api/a.rs").then(|| text.to_owned());
    assert_eq!(missing("a.rs", "holds", read), None);
    assert!(missing("a.rs", "helper", read).is_some(), "no test");
    assert!(missing("a.rs", "hold", read).is_some() && missing("b.rs", "holds", read).is_some());
    let cells = "| 1 | `a.rs::holds`, `x` and `b.mjs::some words` | [why](adr/1.md#b) |";
    assert_eq!(tests_named(cells).collect::<Vec<_>>(), [("a.rs", "holds"), ("b.mjs", "some words")]);
    assert_eq!(links(cells).collect::<Vec<_>>(), ["adr/1.md"]);
}

#[test]
fn every_file_that_a_page_of_operations_names_exists() {
    let root = root();
    let folder = root.join("docs/operations");
    let ours = ["infra/", "crates/", ".github/", "migrations/"];
    let mut named = 0;
    let pages =
        |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let (english, korean) = (pages(&folder), pages(&folder.join("ko")));
    for page in english.iter().chain(&korean).filter(|page| page.is_file()) {
        let text = fs::read_to_string(page).unwrap();
        for link in links(&text) {
            assert!(
                page.with_file_name(link).exists(),
                "{} links to {link}, which is not there",
                page.display()
            );
        }
        let spans = text.split('`').skip(1).step_by(2);
        for span in spans.filter(|span| ours.iter().any(|start| span.starts_with(start))) {
            // What follows a blank or a brace is no longer a file's name.
            let path = span.split([' ', '{', '*']).next().unwrap();
            assert!(root.join(path).exists(), "{} names {span}, which is not there", page.display());
            named += 1;
        }
    }
    assert!(named > 30, "the pages name hardly any file");
    // Every page of operations has its Korean one, but for the record of what was tried.
    let missing =
        |page: &&PathBuf| page.is_file() && !korean.iter().any(|other| other.file_name() == page.file_name());
    let missing: Vec<_> = english.iter().filter(missing).collect();
    assert_eq!(missing, [&folder.join("coverage.md")]);
}
