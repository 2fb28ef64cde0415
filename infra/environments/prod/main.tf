terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
  # The bucket's name is given once: infra/bin/tf -chdir=infra/environments/prod init -backend-config=bucket=NAME
  backend "s3" {
    key          = "tableorder/prod.tfstate"
    region       = "ap-northeast-2"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { Project = "tableorder", Environment = "prod" }
  }
}

# CloudFront's certificates, firewall and metrics live there.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
  default_tags {
    tags = { Project = "tableorder", Environment = "prod" }
  }
}

module "stack" {
  source = "../../stack"
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  environment            = "prod"
  region                 = var.region
  shape                  = var.shape
  domain                 = var.domain
  zone_id                = var.zone_id
  host_prefix            = ""
  waf                    = var.waf
  owner_password         = var.owner_password
  owner_password_version = var.owner_password_version
  protected              = true
  alarm_addresses        = var.alarm_addresses
  budget_usd             = var.budget_usd
  repository             = var.repository
  oidc_provider_arn      = var.oidc_provider_arn
}

output "deploy" {
  value = module.stack.deploy
}
