use super::{complaint, run, run_bare};

#[tokio::test]
async fn every_fault_is_shown_at_once_with_its_remedy() {
    let environment = [
        ("DATABASE_URL", "mysql://user:hunter22@localhost/x"),
        ("TABLEORDER_ENV", "staging"),
        ("LISTEN_ADDR", "everywhere"),
        ("JWT_SECRET", "short"),
        ("BCRYPT_COST", "99"),
        ("DATABASE_POOL_SIZE", "0"),
        ("MEDIA_URL", "s3://bucket"),
        ("LOG_FORMAT", "xml"),
        ("WEB_DIR", "/nowhere/at/all"),
        ("METRICS_ADDR", "9090"),
    ];
    let text = complaint(&run_bare(&environment, &["serve"]).await);
    for (name, _) in environment {
        assert!(text.lines().any(|line| line.starts_with("  - ") && line.contains(name)), "{name} in {text}");
    }
    assert!(!text.contains("hunter22") && !text.contains("short\""), "a secret is repeated: {text}");
}

#[tokio::test]
async fn without_any_environment_it_says_what_is_missing() {
    let text = complaint(&run_bare(&[], &["serve"]).await);
    assert!(text.contains("DATABASE_URL is missing") && text.contains("JWT_SECRET is missing"), "{text}");
}

#[tokio::test]
async fn production_asks_for_a_secret_and_a_real_cost() {
    let production = [("TABLEORDER_ENV", "production"), ("DATABASE_URL", "postgres://a:b@localhost/c")];
    let text = complaint(&run_bare(&production, &["serve"]).await);
    assert!(text.contains("JWT_SECRET is missing"), "{text}");
    let text = complaint(&run(&production, &["serve"]).await);
    assert!(text.contains("BCRYPT_COST is 4, expected 10 to 15"), "{text}");
}

#[tokio::test]
async fn help_is_the_reference_of_every_variable() {
    let output = run_bare(&[], &["--help"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    for name in [
        "DATABASE_URL",
        "DATABASE_POOL_SIZE",
        "JWT_SECRET",
        "JWT_SECRET_PREVIOUS",
        "BCRYPT_COST",
        "LISTEN_ADDR",
        "METRICS_ADDR",
        "WEB_DIR",
        "MEDIA_URL",
        "PUBLIC_ORIGINS",
        "RATE_LIMIT_CALLER",
        "RATE_LIMIT_ADDRESS",
        "RATE_LIMIT_REPORTS",
        "TRUSTED_PROXIES",
        "TABLEORDER_ENV",
        "LOG_FORMAT",
        "LOG_FILE",
        "LOG_LEVEL",
    ] {
        assert!(text.contains(name), "{name} in {text}");
    }
    for command in ["serve", "migrate", "seed-demo", "store", "admin", "openapi", "healthcheck"] {
        assert!(text.contains(command), "{command} in {text}");
    }
}

#[tokio::test]
async fn a_log_file_that_cannot_be_written_is_one_clear_line() {
    let environment =
        [("DATABASE_URL", "postgres://a:b@localhost/c"), ("LOG_FILE", "/proc/nothing/here.log")];
    let text = complaint(&run(&environment, &["serve"]).await);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("LOG_FILE") || text.contains("/proc/nothing/here.log"), "{text}");
}
