# Optional: a firewall in front of both distributions. CloudFront takes it from us-east-1 only.

resource "aws_wafv2_web_acl" "this" {
  count       = var.waf ? 1 : 0
  provider    = aws.us_east_1
  name        = var.name
  description = "Both apps and the API"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  # A dining room with sixty devices sits behind one address; this stops floods, not guests.
  rule {
    name     = "rate"
    priority = 0
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = var.requests_per_five_minutes
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }

  dynamic "rule" {
    for_each = { for place, set in [
      "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAmazonIpReputationList",
    ] : set => place + 1 }
    content {
      name     = rule.key
      priority = rule.value
      override_action {
        none {}
      }
      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key
          # A picture of a dish is larger than the 8 KiB that this rule lets pass; the server has its own limit.
          dynamic "rule_action_override" {
            for_each = rule.key == "AWSManagedRulesCommonRuleSet" ? ["SizeRestrictions_BODY"] : []
            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }
      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "all"
    sampled_requests_enabled   = true
  }
}
