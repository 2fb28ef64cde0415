# Every alarm is a row. Those of CloudFront stand in us-east-1, with the dimension Region = Global.

locals {
  fleet = var.shape == "fleet"
  # As many as all processes may open together; two run on each machine.
  connections = var.machines_max * 2 * var.pool_size
  machine     = local.fleet ? { AutoScalingGroupName = var.autoscaling_group } : { InstanceId = var.instance_id }
  database    = { DBInstanceIdentifier = var.database_identifier }

  alarms = merge({
    backend-high-cpu = {
      about      = "CPU of the back end above 80 % for ten minutes", namespace = "AWS/EC2", metric = "CPUUtilization",
      dimensions = local.machine, statistic = "Average", compare = ">", threshold = 80, periods = 2, period = 300
    }
    rds-high-connections = {
      about      = "The pools of all processes are nearly used up", namespace = "AWS/RDS", metric = "DatabaseConnections",
      dimensions = local.database, statistic = "Average", compare = ">", threshold = floor(local.connections * 0.8), periods = 2,
      period     = 300
    }
    rds-high-cpu = {
      about      = "CPU of the database above 80 % for ten minutes", namespace = "AWS/RDS", metric = "CPUUtilization",
      dimensions = local.database, statistic = "Average", compare = ">", threshold = 80, periods = 2, period = 300
    }
    rds-low-storage = {
      about      = "Less than 2 GiB left on the database's disk", namespace = "AWS/RDS", metric = "FreeStorageSpace",
      dimensions = local.database, statistic = "Minimum", compare = "<", threshold = 2147483648, periods = 1, period = 300
    }
    rds-low-memory = {
      about      = "Less than 128 MiB of the database's memory free", namespace = "AWS/RDS", metric = "FreeableMemory",
      dimensions = local.database, statistic = "Average", compare = "<", threshold = 134217728, periods = 3, period = 300
    }
    late-boards = {
      about  = "From a change to its event on the board: above 1 s in the slowest hundredth", namespace = var.namespace,
      metric = "EventDelayP99", dimensions = {}, statistic = "Maximum", compare = ">", threshold = 1, periods = 3, period = 60
    }
    disk-full = {
      about     = "A machine's disk is 85 % full", namespace = var.namespace, metric = "DiskUsed", dimensions = {},
      statistic = "Maximum", compare = ">", threshold = 85, periods = 1, period = 300
    }
    certificate-ends = {
      about      = "nginx's certificate ends in less than 21 days", namespace = var.namespace, metric = "CertificateDays",
      dimensions = {}, statistic = "Minimum", compare = "<", threshold = 21, periods = 1, period = 3600
    }
    }, local.fleet ? {
    unhealthy-machines = {
      about     = "The load balancer finds a machine that does not answer", namespace = "AWS/ApplicationELB"
      metric    = "UnHealthyHostCount", dimensions = { LoadBalancer = var.balancer_suffix, TargetGroup = var.target_group_suffix }
      statistic = "Maximum", compare = ">", threshold = 0, periods = 3, period = 60
    }
    replica-lag = {
      about      = "The read replica is more than 30 s behind", namespace = "AWS/RDS", metric = "ReplicaLag",
      dimensions = { DBInstanceIdentifier = "${var.database_identifier}-replica" }, statistic = "Average", compare = ">",
      threshold  = 30, periods = 3, period = 60
    }
    } : {
    machine-check = {
      about      = "AWS's check of the machine fails", namespace = "AWS/EC2", metric = "StatusCheckFailed",
      dimensions = local.machine, statistic = "Maximum", compare = ">", threshold = 0, periods = 2, period = 60
    }
  })
  operators = { ">" = "GreaterThanThreshold", "<" = "LessThanThreshold" }
}

resource "aws_cloudwatch_metric_alarm" "regional" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.about
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = local.operators[each.value.compare]
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  period              = each.value.period
  treat_missing_data  = each.key == "machine-check" ? "breaching" : "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "${var.name}-api-error-rate"
  alarm_description   = "More than 5 % of the API's answers are errors of ours"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  # One failure among three requests at night is no alarm.
  metric_query {
    id          = "rate"
    expression  = "IF(requests >= 20, 100 * errors / requests, 0)"
    label       = "Errors in percent"
    return_data = true
  }
  dynamic "metric_query" {
    for_each = { requests = "ApiRequests", errors = "ApiErrors" }
    content {
      id = metric_query.key
      metric {
        namespace   = var.namespace
        metric_name = metric_query.value
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

# Guests sit at tables, or screens are connected at an hour at which people eat, and nobody orders: something is broken that no
# check sees. Two tables that have all they want are no alarm.
resource "aws_cloudwatch_metric_alarm" "no_orders" {
  alarm_name          = "${var.name}-no-orders"
  alarm_description   = "Three tables or more are open, or screens are connected during opening hours, but nobody has ordered for an hour"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "silent"
    expression  = "IF(orders < 1 AND (tables >= 3 OR (streams > 1 AND HOUR(streams) >= ${var.opening_utc.from} AND HOUR(streams) < ${var.opening_utc.to})), 1, 0)"
    label       = "Nobody orders"
    return_data = true
  }
  dynamic "metric_query" {
    for_each = { streams = ["EventStreams", "Maximum"], tables = ["TablesOpen", "Minimum"], orders = ["OrdersPlaced", "Sum"] }
    content {
      id = metric_query.key
      metric {
        namespace   = var.namespace
        metric_name = metric_query.value[0]
        period      = 3600
        stat        = metric_query.value[1]
      }
    }
  }
}

# What guests and staff notice, as one alarm for whoever is called at night; the others may wait until morning. An alarm of
# alarms knows only those of its own region, so CloudFront's stands for itself.
resource "aws_cloudwatch_composite_alarm" "guests_notice" {
  alarm_name        = "${var.name}-guests-notice"
  alarm_description = "Guests or staff notice it: the API fails, boards are late, or nobody orders"
  alarm_rule = join(" OR ", [for name in concat(
    [aws_cloudwatch_metric_alarm.api_errors.alarm_name, aws_cloudwatch_metric_alarm.no_orders.alarm_name],
    [for key in ["late-boards", local.fleet ? "unhealthy-machines" : "machine-check"] : aws_cloudwatch_metric_alarm.regional[key].alarm_name],
  ) : "ALARM(\"${name}\")"])
  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "cloudfront" {
  for_each            = var.distributions
  provider            = aws.us_east_1
  alarm_name          = "${var.name}-${each.key}-frontend-error-rate"
  alarm_description   = "More than 5 % of the ${each.key} app's answers are errors of ours"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = each.value, Region = "Global" }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  period              = 300
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms_us.arn]
  ok_actions          = [aws_sns_topic.alarms_us.arn]
}
