# The whole installation from its modules. An environment chooses the shape and its own names.

data "aws_caller_identity" "here" {}

locals {
  # prod has the plain names, every other environment its own prefix.
  name       = var.environment == "prod" ? "tableorder" : "tableorder-${var.environment}"
  account    = data.aws_caller_identity.here.account_id
  log_group  = "/aws/ec2/${local.name}-backend"
  namespace  = "TableOrder/${var.environment}"
  origin_tls = var.domain != null
  machines   = var.shape == "fleet" ? var.fleet_max : 1
  apps = {
    customer = { base = "/", host = var.domain == null ? null : "${var.host_prefix}order.${var.domain}" }
    admin    = { base = "/admin/", host = var.domain == null ? null : "${var.host_prefix}manage.${var.domain}" }
  }
}

module "network" {
  source = "../modules/network"
  name   = local.name
  region = var.region
  shape  = var.shape
}

module "security" {
  source = "../modules/security"
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  name       = local.name
  shape      = var.shape
  vpc_id     = module.network.vpc_id
  origin_tls = local.origin_tls
  waf        = var.waf
}

module "database" {
  source                 = "../modules/database"
  name                   = local.name
  shape                  = var.shape
  subnet_ids             = module.network.data_subnet_ids
  security_group_id      = module.security.rds_group_id
  instance_class         = var.database_class
  owner_password         = var.owner_password
  owner_password_version = var.owner_password_version
  protected              = var.protected
}

module "media" {
  source     = "../modules/media"
  name       = local.name
  account_id = local.account
  protected  = var.protected
}

module "api" {
  source            = "../modules/api"
  name              = local.name
  shape             = var.shape
  region            = var.region
  account_id        = local.account
  vpc_id            = module.network.vpc_id
  public_subnet_ids = module.network.public_subnet_ids
  subnet_ids        = module.network.app_subnet_ids
  backend_group_id  = module.security.backend_group_id
  alb_group_id      = module.security.alb_group_id
  origin_name       = var.domain == null ? null : "${var.host_prefix}origin.${var.domain}"
  zone_id           = var.zone_id
  instance_type     = var.instance_type
  fleet_max         = var.fleet_max
  media_bucket_arn  = module.media.bucket_arn
  secret_arns = [
    module.security.app_secret_arn, module.security.origin_secret_arn, module.database.owner_secret_arn,
  ]
  origin_secret     = module.security.origin_secret
  log_group         = local.log_group
  metrics_namespace = local.namespace
  protected         = var.protected
}

module "spa" {
  for_each = local.apps
  source   = "../modules/spa"
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  name              = local.name
  environment       = var.environment
  account_id        = local.account
  app               = each.key
  base_path         = each.value.base
  host_name         = each.value.host
  zone_id           = var.zone_id
  origin_domain     = module.api.origin_domain
  origin_tls        = local.origin_tls
  origin_secret     = module.security.origin_secret
  web_acl_arn       = module.security.web_acl_arn
  protected         = var.protected
  log_bucket_domain = var.access_logs ? aws_s3_bucket.logs[0].bucket_domain_name : null
}

module "observability" {
  source = "../modules/observability"
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  name                = local.name
  namespace           = local.namespace
  region              = var.region
  shape               = var.shape
  log_group           = local.log_group
  alarm_addresses     = var.alarm_addresses
  budget_usd          = var.budget_usd
  instance_id         = module.api.instance_id
  autoscaling_group   = module.api.autoscaling_group
  balancer_suffix     = module.api.balancer_suffix
  target_group_suffix = module.api.target_group_suffix
  database_identifier = module.database.identifier
  machines_max        = local.machines
  pool_size           = var.pool_size
  distributions       = { for app, site in module.spa : app => site.distribution_id }
  buckets             = concat([module.media.bucket], [for site in module.spa : site.bucket])
}

module "ci" {
  count               = var.repository == null ? 0 : 1
  source              = "../modules/ci"
  name                = local.name
  environment         = var.environment
  region              = var.region
  account_id          = local.account
  repository          = var.repository
  oidc_provider_arn   = var.oidc_provider_arn
  releases_bucket_arn = module.api.releases_bucket_arn
  release_document    = module.api.release_document
  role_tag            = module.api.role_tag
  sites = { for app, site in module.spa : app => {
    bucket_arn         = site.bucket_arn
    distribution_arn   = site.distribution_arn
    headers_policy_arn = site.headers_policy_arn
  } }
}
