# The optional name of our own. CloudFront takes certificates from us-east-1 only.

resource "aws_acm_certificate" "site" {
  count             = local.custom ? 1 : 0
  provider          = aws.us_east_1
  domain_name       = var.host_name
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  proofs = try({ for option in aws_acm_certificate.site[0].domain_validation_options : option.domain_name => option }, {})
}

resource "aws_route53_record" "validation" {
  for_each = local.custom ? toset([var.host_name]) : toset([])
  zone_id  = var.zone_id
  name     = local.proofs[each.key].resource_record_name
  type     = local.proofs[each.key].resource_record_type
  records  = [local.proofs[each.key].resource_record_value]
  ttl      = 300
}

resource "aws_acm_certificate_validation" "site" {
  count                   = local.custom ? 1 : 0
  provider                = aws.us_east_1
  certificate_arn         = aws_acm_certificate.site[0].arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_route53_record" "site" {
  for_each = local.custom ? toset(["A", "AAAA"]) : toset([])
  zone_id  = var.zone_id
  name     = var.host_name
  type     = each.key
  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}
