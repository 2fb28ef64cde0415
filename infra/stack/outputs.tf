output "deploy" {
  description = "What `cargo xtask deploy` needs to know; variables of the environments on GitHub."
  value = {
    region           = var.region
    name             = local.name
    releases_bucket  = module.api.releases_bucket
    release_document = module.api.release_document
    role_tag         = module.api.role_tag
    app_secret       = module.security.app_secret_arn
    roles            = one(module.ci[*].role_arns)
    sites = { for app, site in module.spa : app => {
      bucket         = site.bucket
      distribution   = site.distribution_id
      headers_policy = site.headers_policy_id
      origin         = site.origin
    } }
  }
}

output "database" {
  value = { identifier = module.database.identifier, replica = module.database.replica_address }
}
