mock_provider "aws" {
  source = "./mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./mocks-us"
}

variables {
  name                = "tableorder"
  namespace           = "TableOrder/prod"
  region              = "ap-northeast-2"
  log_group           = "/aws/ec2/tableorder-backend"
  alarm_addresses     = ["operator@example.com"]
  budget_usd          = 80
  database_identifier = "tableorder-db"
  pool_size           = 15
  distributions       = { customer = "ECUSTOMER", admin = "EADMIN" }
  buckets             = ["images", "customer", "admin"]
}

run "single" {
  command = apply
  module {
    source = "../modules/observability"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape        = "single"
    instance_id  = "i-0123456789abcdef0"
    machines_max = 1
  }

  assert {
    condition     = aws_cloudwatch_log_group.backend.name == "/aws/ec2/tableorder-backend" && aws_cloudwatch_log_group.backend.retention_in_days == 7
    error_message = "Logs are kept for seven days."
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].threshold == 80
      && aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].period == 300
      && aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].evaluation_periods == 2
      && aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].comparison_operator == "GreaterThanThreshold"
      && aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].dimensions == tomap({ InstanceId = "i-0123456789abcdef0" })
      && aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].alarm_name == "tableorder-backend-high-cpu"
    )
    error_message = "CPU above 80 %, twice 300 s, of this machine."
  }
  # Two processes of fifteen connections each.
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.regional["rds-high-connections"].threshold == 24
      && aws_cloudwatch_metric_alarm.regional["rds-high-connections"].dimensions == tomap({ DBInstanceIdentifier = "tableorder-db" })
    )
    error_message = "80 % of what the pools may open: above one pool, below all."
  }
  assert {
    condition = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.regional), [aws_cloudwatch_metric_alarm.api_errors, aws_cloudwatch_metric_alarm.no_orders]) :
    alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "Every alarm tells somebody."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.api_errors.threshold == 5 && strcontains(one([for q in aws_cloudwatch_metric_alarm.api_errors.metric_query : q.expression if q.id == "rate"]), "100 * errors / requests")
    error_message = "More than 5 % errors of the API."
  }
  assert {
    condition = (
      strcontains(one([for q in aws_cloudwatch_metric_alarm.no_orders.metric_query : q.expression if q.id == "silent"]), "orders < 1 AND (tables >= 3 OR (streams > 1 AND HOUR(streams) >= 3 AND HOUR(streams) < 12))")
      && toset(flatten([for q in aws_cloudwatch_metric_alarm.no_orders.metric_query : [for m in q.metric : m.metric_name]])) == toset(["EventStreams", "TablesOpen", "OrdersPlaced"])
    )
    error_message = "No orders while tables are open, or while screens are connected at meal times."
  }
  assert {
    condition     = aws_cloudwatch_composite_alarm.guests_notice.alarm_rule == "ALARM(\"tableorder-api-error-rate\") OR ALARM(\"tableorder-no-orders\") OR ALARM(\"tableorder-late-boards\") OR ALARM(\"tableorder-machine-check\")" && aws_cloudwatch_composite_alarm.guests_notice.alarm_actions == toset([aws_sns_topic.alarms.arn])
    error_message = "One alarm for the night: what guests notice."
  }
  # CloudFront's metrics exist in us-east-1, with these two dimensions.
  assert {
    condition = alltrue([for app, id in var.distributions : (
      aws_cloudwatch_metric_alarm.cloudfront[app].dimensions == tomap({ DistributionId = id, Region = "Global" })
      && aws_cloudwatch_metric_alarm.cloudfront[app].metric_name == "5xxErrorRate" && aws_cloudwatch_metric_alarm.cloudfront[app].threshold == 5
      && aws_cloudwatch_metric_alarm.cloudfront[app].period == 300 && aws_cloudwatch_metric_alarm.cloudfront[app].evaluation_periods == 1
    )])
    error_message = "CloudFront's errors above 5 %, once 300 s."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.cloudfront : alarm.alarm_actions == toset(["arn:aws:sns:us-east-1:111122223333:alarms"])])
    error_message = "An alarm in us-east-1 calls a topic in us-east-1."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.regional["machine-check"].treat_missing_data == "breaching"
    error_message = "A machine that says nothing is ill."
  }
  assert {
    condition     = toset(keys(aws_cloudwatch_query_definition.saved)) == toset(["errors", "slow", "window"]) && endswith(aws_cloudwatch_query_definition.saved["errors"].query_string, "limit 100") && endswith(aws_cloudwatch_query_definition.saved["slow"].query_string, "limit 50")
    error_message = "The three saved queries."
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.page["backend"].dashboard_body).widgets) == 13 && length(jsondecode(aws_cloudwatch_dashboard.page["frontend"].dashboard_body).widgets) == 6
    error_message = "Both dashboards are complete."
  }
  assert {
    condition     = alltrue([for chart in jsondecode(aws_cloudwatch_dashboard.page["frontend"].dashboard_body).widgets : alltrue([for metric in chart.properties.metrics : metric[0] != "AWS/CloudFront" || chart.properties.region == "us-east-1"])])
    error_message = "CloudFront is drawn from us-east-1."
  }
  assert {
    condition     = length(aws_sns_topic_subscription.mail) == 1 && length(aws_sns_topic_subscription.mail_us) == 1 && length(aws_budgets_budget.monthly.notification) == 2
    error_message = "The operator hears of alarms in both regions, and of the costs."
  }
}

run "fleet" {
  command = apply
  module {
    source = "../modules/observability"
  }
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
  variables {
    shape               = "fleet"
    autoscaling_group   = "tableorder-backend"
    balancer_suffix     = "app/a/1"
    target_group_suffix = "targetgroup/a/1"
    machines_max        = 5
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.regional["backend-high-cpu"].dimensions == tomap({ AutoScalingGroupName = "tableorder-backend" })
    error_message = "CPU of the whole group."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.regional["rds-high-connections"].threshold == 120
    error_message = "80 % of five machines' pools."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.regional["replica-lag"].dimensions == tomap({ DBInstanceIdentifier = "tableorder-db-replica" }) && contains(keys(aws_cloudwatch_metric_alarm.regional), "unhealthy-machines")
    error_message = "Replica and machines are watched."
  }
  assert {
    condition     = strcontains(aws_cloudwatch_composite_alarm.guests_notice.alarm_rule, "ALARM(\"tableorder-unhealthy-machines\")")
    error_message = "The fleet's balancer tells what guests notice."
  }
}
