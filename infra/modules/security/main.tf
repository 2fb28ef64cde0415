# Who reaches whom: CloudFront → (load balancer →) back end → database, and nothing else. No SSH: sessions go through
# Systems Manager.

data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

locals {
  fleet = var.shape == "fleet"
  # Plain HTTP to the origin exists only where there is no domain, which the stack allows for dev alone.
  port = var.origin_tls ? 443 : 80
}

resource "aws_security_group" "alb" {
  count       = local.fleet ? 1 : 0
  name        = "${var.name}-alb-sg"
  description = "Load balancer: from CloudFront, to the back end"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-alb-sg" }
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_cloudfront" {
  count             = local.fleet ? 1 : 0
  security_group_id = aws_security_group.alb[0].id
  description       = "CloudFront's addresses"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "alb_to_backend" {
  count                        = local.fleet ? 1 : 0
  security_group_id            = aws_security_group.alb[0].id
  description                  = "nginx of the back end"
  referenced_security_group_id = aws_security_group.backend.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_security_group" "backend" {
  name        = "${var.name}-backend-sg"
  description = "Back end: from CloudFront or the load balancer, to the database and AWS"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-backend-sg" }
}

resource "aws_vpc_security_group_ingress_rule" "backend_from_cloudfront" {
  count             = local.fleet ? 0 : 1
  security_group_id = aws_security_group.backend.id
  description       = "CloudFront's addresses"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port
}

resource "aws_vpc_security_group_ingress_rule" "backend_from_alb" {
  count                        = local.fleet ? 1 : 0
  security_group_id            = aws_security_group.backend.id
  description                  = "The load balancer"
  referenced_security_group_id = aws_security_group.alb[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

# AWS and package servers: 443, and 80 for Ubuntu's signed packages.
resource "aws_vpc_security_group_egress_rule" "backend_out" {
  for_each          = toset(["80", "443"])
  security_group_id = aws_security_group.backend.id
  description       = "AWS and package servers"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
}

resource "aws_vpc_security_group_egress_rule" "backend_to_database" {
  security_group_id            = aws_security_group.backend.id
  description                  = "PostgreSQL"
  referenced_security_group_id = aws_security_group.rds.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

# Answers need no rule: without an outbound one the database opens no connection of its own.
resource "aws_security_group" "rds" {
  name        = "${var.name}-rds-sg"
  description = "Database: from the back end only"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-rds-sg" }
}

resource "aws_vpc_security_group_ingress_rule" "rds_from_backend" {
  security_group_id            = aws_security_group.rds.id
  description                  = "The back end"
  referenced_security_group_id = aws_security_group.backend.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
