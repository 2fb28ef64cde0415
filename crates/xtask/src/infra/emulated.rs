//! Storage, CDN and the roles of CI in an AWS that stands on this machine: made by Terraform, two releases of each app
//! published by the commands that the workflows call, one taken back, everything destroyed again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::Signal;

use super::terraform::Terraform;
use crate::background::{self, Background};
use crate::deploy::aws::Aws;
use crate::deploy::site::{Site, Through};
use crate::deploy::target::Target;
use crate::spa::{APPS, App};
use crate::ui::Steps;
use crate::workspace::Workspace;
use crate::{http, proc};

const ROOT: &str = "emulated";

/// Runs it all. Returns why it was left out, if it was.
///
/// # Errors
/// What does not work.
pub fn check(workspace: &Workspace) -> Result<Option<String>> {
    let Some(terraform) = Terraform::find(workspace)? else {
        return Ok(Some("TERRAFORM IS NOT INSTALLED: the emulated deployment was NOT TRIED".to_owned()));
    };
    let mut steps = Steps::new(6);
    let programs = steps.step("emulator", |step| super::environment(workspace, "moto", "emulator", step))?;
    let cloud = Cloud::start(workspace, terraform, programs)?;
    steps.step("apply", |_| cloud.terraform(&["apply", "-auto-approve"]))?;
    let output = proc::capture(&mut cloud.command(&["output", "-json", &cloud.state(), "deploy"]))?;
    let target = Target::parse(&output)?;
    for app in APPS {
        steps.step(app.name, |_| cloud.publish_and_take_back(&target, app))?;
    }
    steps.step("rights", |_| cloud.rights())?;
    steps.step("destroy", |_| cloud.terraform(&["destroy", "-auto-approve"]))?;
    Ok(None)
}

/// The emulator, and what talks to it.
struct Cloud {
    terraform: Terraform,
    dir: PathBuf,
    port: u16,
    aws: Aws,
    _emulator: Background,
}

impl Cloud {
    fn start(workspace: &Workspace, terraform: Terraform, programs: PathBuf) -> Result<Self> {
        let dir = workspace.target.join("emulated");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir)?;
        let port = http::free_port()?;
        let mut command = background::tied_to_us(&programs.join("python"), "TERM");
        command.arg(workspace.root.join("infra/emulated/emulator.py")).args(["--port", &port.to_string()]);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        let mut emulator =
            Background::start("the emulator", &mut command, &dir.join("emulator.log"), Signal::SIGTERM)?;
        emulator.wait_for(port, "/moto-api/")?;
        terraform.init(ROOT)?;
        let aws = Aws::at(programs.join("aws"), "ap-northeast-2", environment(port));
        Ok(Self { terraform, dir, port, aws, _emulator: emulator })
    }

    fn state(&self) -> String {
        format!("-state={}", self.dir.join("terraform.tfstate").display())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.terraform.command(ROOT, arguments);
        command.envs(environment(self.port)).env_remove("AWS_PROFILE");
        command
    }

    fn terraform(&self, arguments: &[&str]) -> Result<()> {
        let state = self.state();
        let options = ["-input=false", "-no-color", "-parallelism=20", state.as_str()];
        proc::capture(&mut self.command(&[arguments, &options[..]].concat())).map(|_| ())
    }

    fn publish_and_take_back(&self, target: &Target, app: App) -> Result<()> {
        let place = target.site(app.web)?;
        let site = Site { aws: &self.aws, app, place, through: Through::Bucket };
        let prefix = if app.web == "admin" { "admin/" } else { "" };
        let [first, second] = ["first", "second"].map(|name| Build::write(&self.dir, app, prefix, name));
        let (first, second) = (first?, second?);
        println!();
        let one = site.deploy(&first.dist)?;
        let two = site.deploy(&second.dist)?;
        ensure!(one.starts_with("000001-") && two.starts_with("000002-"), "{one}, {two}: releases count up");
        self.shows(&site, prefix, &second, &[&first, &second])?;
        if app.web != "customer" {
            // Going back is the same for both.
            return Ok(());
        }
        let back = site.roll_back(None)?;
        ensure!(back == one, "went back to {back}, not to {one}");
        self.shows(&site, prefix, &first, &[&first, &second])?;
        let forth = site.roll_back(Some(&two))?;
        ensure!(forth == two, "went forth to {forth}, not to {two}");
        self.shows(&site, prefix, &second, &[&first, &second])?;
        ensure!(site.roll_back(Some("000099-none")).is_err(), "a release that never was is published again");
        Ok(())
    }

    /// The page is that build's, the files of all these builds are there, and CloudFront lets its scripts run.
    fn shows(&self, site: &Site<'_>, prefix: &str, build: &Build, there: &[&Build]) -> Result<()> {
        let bucket = site.place.bucket.as_str();
        let page = site.read(&format!("{prefix}index.html"), "")?;
        ensure!(page == build.page, "the page is not that of {}", build.name);
        let worker = site.read(&format!("{prefix}sw.js"), "")?;
        ensure!(worker == build.name, "page and service worker are of different releases");
        for other in there {
            let head = self.aws.ask(&[
                "s3api",
                "head-object",
                "--bucket",
                bucket,
                "--key",
                &format!("{prefix}{}", other.asset),
            ])?;
            ensure!(head["ContentType"] == "application/wasm", "{}: {}", other.asset, head["ContentType"]);
            ensure!(
                head["CacheControl"] == "public, max-age=31536000, immutable",
                "{}",
                head["CacheControl"]
            );
        }
        let head = self.aws.ask(&[
            "s3api",
            "head-object",
            "--bucket",
            bucket,
            "--key",
            &format!("{prefix}index.html"),
        ])?;
        ensure!(head["CacheControl"] == "no-cache", "the page may be kept: {}", head["CacheControl"]);
        let policy =
            self.aws.ask(&["cloudfront", "get-response-headers-policy", "--id", &site.place.policy])?;
        let hash = crate::deploy::page::script_hashes(&build.page);
        ensure!(policy.to_string().contains(&hash[0]), "CloudFront forbids the page's script");
        Ok(())
    }

    /// Turns on the emulator's check of rights, which is right for S3: an app's role writes its own bucket and no other.
    fn rights(&self) -> Result<()> {
        let assume = [
            "sts",
            "assume-role-with-web-identity",
            "--role-session-name",
            "check",
            "--web-identity-token",
            "emulated",
        ];
        let role = "arn:aws:iam::123456789012:role/tableorder-deploy-customer-web";
        let answer = self.aws.ask(&[&assume[..], &["--role-arn", role]].concat())?;
        let of =
            |name: &str| answer["Credentials"][name].as_str().map(str::to_owned).context("no credentials");
        let mut own = environment(self.port);
        own.retain(|(name, _)| *name == "AWS_ENDPOINT_URL");
        own.extend([
            ("AWS_ACCESS_KEY_ID", of("AccessKeyId")?),
            ("AWS_SECRET_ACCESS_KEY", of("SecretAccessKey")?),
        ]);
        own.push(("AWS_SESSION_TOKEN", of("SessionToken")?));
        let role = Aws::at(self.aws.program().to_path_buf(), "ap-northeast-2", own);
        let writes =
            |bucket: &str| role.succeeds(&["s3api", "put-object", "--bucket", bucket, "--key", "rights"]);
        self.checks_rights("0")?;
        let outcome = (
            writes("tableorder-customer-frontend-dev-123456789012"),
            writes("tableorder-admin-frontend-dev-123456789012"),
            writes("tableorder-menu-images-123456789012"),
        );
        self.checks_rights("1000000000")?;
        if outcome != (true, false, false) {
            bail!("the customer app's role may write (own bucket, admin's, pictures): {outcome:?}");
        }
        Ok(())
    }

    fn checks_rights(&self, after: &str) -> Result<()> {
        let mut client = http::Client::open(self.port)?;
        let answer =
            client.send("POST", "/moto-api/reset-auth", "Content-Type: text/plain\r\n", after.as_bytes())?;
        ensure!(answer.status == 200, "the emulator's check of rights could not be switched");
        Ok(())
    }
}

/// A small build as trunk would leave it.
struct Build {
    name: &'static str,
    dist: PathBuf,
    page: String,
    asset: String,
}

impl Build {
    fn write(dir: &Path, app: App, prefix: &str, name: &'static str) -> Result<Self> {
        let dist = dir.join(format!("{}-{name}", app.name));
        fs::create_dir_all(&dist)?;
        let hash = &crate::fingerprint::hex(format!("{name:_<8}").as_bytes())[..16];
        let asset = format!("{}-{hash}_bg.wasm", app.name);
        let page =
            format!("<!doctype html><script type=module>import '/{prefix}{asset}'; // {name}\n</script>");
        for (file, content) in
            [("index.html", page.as_str()), ("sw.js", name), (asset.as_str(), name), ("icon.svg", "<svg/>")]
        {
            fs::write(dist.join(file), content)?;
            fs::write(dist.join(format!("{file}.br")), "compressed")?;
        }
        Ok(Self { name, dist, page, asset })
    }
}

fn environment(port: u16) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
        ("AWS_ACCESS_KEY_ID", "emulated".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "emulated".to_owned()),
        ("AWS_SESSION_TOKEN", String::new()),
        ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
    ]
}
