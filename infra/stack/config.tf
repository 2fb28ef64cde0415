# What instances read when they start. Secrets are read from Secrets Manager, by the names in here.

resource "aws_ssm_parameter" "config" {
  for_each = {
    DATABASE_HOST         = module.database.address
    DATABASE_POOL_SIZE    = tostring(var.pool_size)
    DATABASE_OWNER_SECRET = module.database.owner_secret_arn
    APP_SECRET            = module.security.app_secret_arn
    ORIGIN_SECRET         = module.security.origin_secret_arn
    PUBLIC_ORIGINS        = join(",", [for site in module.spa : site.origin])
    MEDIA_URL             = "s3://${module.media.bucket}/pictures?region=${var.region}"
    LOG_GROUP             = local.log_group
    METRICS_NAMESPACE     = local.namespace
  }
  name  = "/${local.name}/config/${each.key}"
  type  = "String"
  value = each.value
}
