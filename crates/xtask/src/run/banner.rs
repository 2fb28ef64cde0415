//! What a first-time user needs to know, once everything runs.

use std::io::IsTerminal as _;

use fast_qr::QRBuilder;

use super::port;
use crate::cli::RunArgs;

/// Prints addresses, logins and a code for a phone's camera.
pub fn show(args: &RunArgs) {
    let local = format!("http://localhost:{}", args.port);
    let lan = port::lan_address().filter(|_| args.lan).map(|ip| format!("http://{ip}:{}", args.port));
    println!("\n  TableOrder is open.\n");
    for base in [Some(&local), lan.as_ref()].into_iter().flatten() {
        println!("  Guests    {base}/");
        println!("  Managers  {base}/admin/");
        println!("  API       {base}/api/docs");
    }
    println!("\n  Table login    store demo, table 1, password TABLE001");
    println!("  Manager login  store demo, user admin, password admin123\n");
    if let Ok(code) = QRBuilder::new(format!("{}/", lan.as_ref().unwrap_or(&local))).build() {
        for line in code.to_str().lines() {
            println!("  {line}");
        }
    }
    match (args.lan, lan) {
        (true, Some(_)) => println!("\n  Scan with a phone on the same network."),
        (true, None) => println!("\n  No local network was found: only this machine can reach it."),
        (false, _) => println!("\n  This machine only. For phones and tablets, start with --lan."),
    }
    if std::io::stdout().is_terminal() {
        println!("  Ctrl-C stops everything.");
    }
}
