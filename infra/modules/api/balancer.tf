# The fleet's load balancer, and the name under which CloudFront finds either shape.

resource "aws_lb" "this" {
  count                      = local.fleet ? 1 : 0
  name                       = "${var.name}-backend"
  load_balancer_type         = "application"
  subnets                    = var.public_subnet_ids
  security_groups            = [var.alb_group_id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.protected
  # Longer than CloudFront waits, eight times the heartbeat of a stream.
  idle_timeout = 120
  # nginx reads the guest's address from the last hop, which CloudFront has written.
  xff_header_processing_mode = "preserve"
}

# nginx's own certificate is as good as any here: the load balancer checks none.
resource "aws_lb_target_group" "backend" {
  count                = local.fleet ? 1 : 0
  name                 = "${var.name}-backend"
  vpc_id               = var.vpc_id
  port                 = 443
  protocol             = "HTTPS"
  deregistration_delay = 30

  # Whether the program runs, not whether the database does: a database that is away must not end every instance.
  health_check {
    path                = "/health"
    protocol            = "HTTPS"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
    matcher             = "200"
  }
}

resource "aws_lb_listener" "https" {
  count             = local.fleet ? 1 : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.origin[0].certificate_arn

  # Who is not our CloudFront gets nothing.
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "403"
    }
  }
}

resource "aws_lb_listener_rule" "cloudfront" {
  count        = local.fleet ? 1 : 0
  listener_arn = aws_lb_listener.https[0].arn
  priority     = 1

  condition {
    http_header {
      http_header_name = "X-Origin-Verify"
      values           = [var.origin_secret]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.backend[0].arn
  }
}

resource "aws_acm_certificate" "origin" {
  count             = local.fleet ? 1 : 0
  domain_name       = var.origin_name
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  proofs = try({ for option in aws_acm_certificate.origin[0].domain_validation_options : option.domain_name => option }, {})
}

resource "aws_route53_record" "origin_validation" {
  for_each = local.fleet ? toset([var.origin_name]) : toset([])
  zone_id  = var.zone_id
  name     = local.proofs[each.key].resource_record_name
  type     = local.proofs[each.key].resource_record_type
  records  = [local.proofs[each.key].resource_record_value]
  ttl      = 300
}

resource "aws_acm_certificate_validation" "origin" {
  count                   = local.fleet ? 1 : 0
  certificate_arn         = aws_acm_certificate.origin[0].arn
  validation_record_fqdns = [for record in aws_route53_record.origin_validation : record.fqdn]
}

resource "aws_route53_record" "origin_single" {
  count   = !local.fleet && var.origin_name != null ? 1 : 0
  zone_id = var.zone_id
  name    = var.origin_name
  type    = "A"
  ttl     = 300
  records = [aws_eip.backend[0].public_ip]
}

resource "aws_route53_record" "origin_fleet" {
  count   = local.fleet ? 1 : 0
  zone_id = var.zone_id
  name    = var.origin_name
  type    = "A"
  alias {
    name                   = aws_lb.this[0].dns_name
    zone_id                = aws_lb.this[0].zone_id
    evaluate_target_health = false
  }
}
