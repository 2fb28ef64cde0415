# Where logs go, who is told, what it may cost.

resource "aws_cloudwatch_log_group" "backend" {
  name              = var.log_group
  retention_in_days = 7
}

# CloudFront reports in us-east-1 and nowhere else, and an alarm calls a topic of its own region.
resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "alarms_us" {
  provider          = aws.us_east_1
  name              = "${var.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "mail" {
  for_each  = toset(var.alarm_addresses)
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_sns_topic_subscription" "mail_us" {
  for_each  = toset(var.alarm_addresses)
  provider  = aws.us_east_1
  topic_arn = aws_sns_topic.alarms_us.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_budgets_budget" "monthly" {
  name         = "${var.name}-monthly"
  budget_type  = "COST"
  limit_amount = tostring(var.budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = length(var.alarm_addresses) == 0 ? {} : { ACTUAL = 80, FORECASTED = 100 }
    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.key
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.alarm_addresses
    }
  }
}

# nginx writes one JSON object a request; these count what the alarm on errors divides.
resource "aws_cloudwatch_log_metric_filter" "requests" {
  for_each = {
    ApiRequests = "{ $.path = \"/api/*\" }"
    ApiErrors   = "{ ($.path = \"/api/*\") && ($.status >= 500) }"
    ApiSlow     = "{ ($.path = \"/api/*\") && ($.seconds > 0.5) && ($.stream != \"1\") }"
  }
  name           = "${var.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.backend.name
  pattern        = each.value
  metric_transformation {
    namespace     = var.namespace
    name          = each.key
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_log_metric_filter" "latency" {
  name           = "${var.name}-ApiSeconds"
  log_group_name = aws_cloudwatch_log_group.backend.name
  pattern        = "{ ($.path = \"/api/*\") && ($.stream != \"1\") }"
  metric_transformation {
    namespace = var.namespace
    name      = "ApiSeconds"
    value     = "$.seconds"
    unit      = "Seconds"
  }
}

locals {
  queries = {
    errors = "fields @timestamp, @message | filter level = \"ERROR\" | sort @timestamp desc | limit 100"
    slow   = "fields @timestamp, path, seconds | filter path like /^\\/api\\// and seconds > 0.5 and stream != \"1\" | sort seconds desc | limit 50"
    window = "fields @timestamp, @logStream, @message | sort @timestamp desc | limit 1000"
  }
}

resource "aws_cloudwatch_query_definition" "saved" {
  for_each        = local.queries
  name            = "${var.name}/${each.key}"
  log_group_names = [aws_cloudwatch_log_group.backend.name]
  query_string    = each.value
}
