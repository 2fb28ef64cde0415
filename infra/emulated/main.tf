# Storage, CDN and the roles of CI, for the local emulator: `cargo xtask test --only emulated` applies this, deploys and
# rolls back both apps in it, and destroys it. AWS_ENDPOINT_URL leads every call to the emulator.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region            = "ap-northeast-2"
  s3_use_path_style = true
  # What the emulator lacks is an error at once, not after ten minutes.
  max_retries = 1
}

provider "aws" {
  alias             = "us_east_1"
  region            = "us-east-1"
  s3_use_path_style = true
  max_retries       = 1
}

locals {
  name    = "tableorder"
  account = "123456789012"
  apps    = { customer = "/", admin = "/admin/" }
}

module "media" {
  source     = "../modules/media"
  name       = local.name
  account_id = local.account
  protected  = false
}

module "spa" {
  for_each = local.apps
  source   = "../modules/spa"
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  name          = local.name
  environment   = "dev"
  account_id    = local.account
  app           = each.key
  base_path     = each.value
  origin_domain = "origin.example.com"
  origin_tls    = true
  origin_secret = "from-cloudfront"
  # The emulator forgets this setting, for which the provider then waits.
  versions_kept = null
  protected     = false
}

module "ci" {
  source              = "../modules/ci"
  name                = local.name
  environment         = "dev"
  region              = "ap-northeast-2"
  account_id          = local.account
  repository          = "owner/name"
  releases_bucket_arn = "arn:aws:s3:::releases"
  release_document    = "tableorder-release"
  role_tag            = "tableorder-backend"
  sites = { for app, site in module.spa : app => {
    bucket_arn         = site.bucket_arn
    distribution_arn   = site.distribution_arn
    headers_policy_arn = site.headers_policy_arn
  } }
}

output "deploy" {
  value = {
    region = "ap-northeast-2"
    name   = local.name
    sites = { for app, site in module.spa : app => {
      bucket         = site.bucket
      distribution   = site.distribution_id
      headers_policy = site.headers_policy_id
      origin         = site.origin
    } }
  }
}
