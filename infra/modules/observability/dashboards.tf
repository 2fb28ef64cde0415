# Two pages: what the back end does, what guests' browsers see.

locals {
  ec2 = local.fleet ? ["AutoScalingGroupName", var.autoscaling_group] : ["InstanceId", var.instance_id]
  rds = ["DBInstanceIdentifier", var.database_identifier]

  backend_charts = [
    { title = "CPU of the back end", metrics = [concat(["AWS/EC2", "CPUUtilization"], local.ec2)] },
    { title = "Network", metrics = [for name in ["NetworkIn", "NetworkOut"] : concat(["AWS/EC2", name], local.ec2)] },
    { title = "Requests and errors of the API", stat = "Sum", metrics = [
    [var.namespace, "ApiRequests"], [var.namespace, "ApiErrors"], [var.namespace, "ApiSlow"]] },
    { title = "Seconds of the API's answers (99 of 100)", stat = "p99", metrics = [[var.namespace, "ApiSeconds"]] },
    { title = "Orders a minute", stat = "Sum", metrics = [[var.namespace, "OrdersPlaced"]] },
    { title = "Order to board, seconds (99 of 100)", stat = "Maximum", metrics = [[var.namespace, "EventDelayP99"]] },
    { title = "Screens connected", stat = "Sum", metrics = [[var.namespace, "EventStreams"]] },
    { title = "Tables open", stat = "Maximum", metrics = [[var.namespace, "TablesOpen"]] },
    { title = "Connections to the database", metrics = [concat(["AWS/RDS", "DatabaseConnections"], local.rds)] },
    { title = "Database: CPU", metrics = [concat(["AWS/RDS", "CPUUtilization"], local.rds)] },
    { title = "Database: memory left", metrics = [concat(["AWS/RDS", "FreeableMemory"], local.rds)] },
    { title = "Database: latency", metrics = [for name in ["ReadLatency", "WriteLatency"] : concat(["AWS/RDS", name], local.rds)] },
    { title = "Disks", stat = "Maximum", metrics = [[var.namespace, "DiskUsed"]] },
  ]

  frontend_charts = concat([for title, metric in {
    "Requests" = "Requests", "Bytes downloaded" = "BytesDownloaded", "Errors 4xx (%)" = "4xxErrorRate", "Errors 5xx (%)" = "5xxErrorRate"
    } : {
    title                                             = title, region = "us-east-1", stat = endswith(metric, "Rate") ? "Average" : "Sum"
    metrics                                           = [for app, id in var.distributions : ["AWS/CloudFront", metric, "Region", "Global", "DistributionId", id, { label = app }]]
    }], [for title, metric in { "Size of the buckets" = ["BucketSizeBytes", "StandardStorage"], "Objects" = ["NumberOfObjects", "AllStorageTypes"] } : {
    title                                             = title, period = 86400
    metrics                                           = [for bucket in var.buckets : ["AWS/S3", metric[0], "BucketName", bucket, "StorageType", metric[1]]]
  }])

  dashboards = { backend = local.backend_charts, frontend = local.frontend_charts }
}

resource "aws_cloudwatch_dashboard" "page" {
  for_each       = local.dashboards
  dashboard_name = "${var.name}-${each.key}"
  dashboard_body = jsonencode({
    widgets = [for place, chart in each.value : {
      type   = "metric"
      x      = (place % 2) * 12
      y      = floor(place / 2) * 6
      width  = 12
      height = 6
      properties = {
        title   = chart.title
        region  = try(chart.region, var.region)
        stat    = try(chart.stat, "Average")
        period  = try(chart.period, 60)
        view    = "timeSeries"
        metrics = chart.metrics
      }
    }]
  })
}
