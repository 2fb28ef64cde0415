# The machines. single: one instance with an address that stays. fleet: an Auto Scaling group behind a load balancer.
# Either boots from cloud-init, which installs the release that the parameter `release` names.

data "aws_ssm_parameter" "ubuntu" {
  name = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
}

locals {
  fleet = var.shape == "fleet"
  # What the release script and CI look for.
  tags = { Name = "${var.name}-backend", Role = "${var.name}-backend" }
}

resource "aws_key_pair" "operator" {
  count      = var.ssh_public_key == null ? 0 : 1
  key_name   = "${var.name}-key"
  public_key = var.ssh_public_key
}

resource "aws_launch_template" "backend" {
  name                   = "${var.name}-backend"
  image_id               = data.aws_ssm_parameter.ubuntu.value
  instance_type          = var.instance_type
  key_name               = one(aws_key_pair.operator[*].key_name)
  update_default_version = true
  user_data              = base64encode(local.cloud_init)

  iam_instance_profile {
    arn = aws_iam_instance_profile.backend.arn
  }

  # The fleet lives in subnets that give no public address; its group chooses them. AWS takes the one machine's subnet only
  # here, beside its groups.
  network_interfaces {
    subnet_id                   = local.fleet ? null : var.subnet_ids[0]
    associate_public_ip_address = !local.fleet
    security_groups             = [var.backend_group_id]
    delete_on_termination       = true
  }

  # Session tokens only, and not for containers further away.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size           = var.disk_gb
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  monitoring {
    enabled = local.fleet
  }

  tag_specifications {
    resource_type = "instance"
    tags          = local.tags
  }
  tag_specifications {
    resource_type = "volume"
    tags          = local.tags
  }

  lifecycle {
    # A newer image is for the next instance, not a reason to replace this one.
    ignore_changes = [image_id]
  }
}

resource "aws_instance" "backend" {
  count                   = local.fleet ? 0 : 1
  disable_api_termination = var.protected

  launch_template {
    id      = aws_launch_template.backend.id
    version = "$Latest"
  }

  tags = local.tags

  lifecycle {
    # cloud-init runs once; later changes come with releases.
    ignore_changes = [launch_template, user_data, ami]
  }
}

# The address survives a stop and a new instance.
resource "aws_eip" "backend" {
  count    = local.fleet ? 0 : 1
  domain   = "vpc"
  instance = aws_instance.backend[0].id
  tags     = local.tags
}

resource "aws_autoscaling_group" "backend" {
  count                     = local.fleet ? 1 : 0
  name                      = "${var.name}-backend"
  min_size                  = 2
  max_size                  = var.fleet_max
  vpc_zone_identifier       = var.subnet_ids
  target_group_arns         = [aws_lb_target_group.backend[0].arn]
  health_check_type         = "ELB"
  health_check_grace_period = 600
  default_instance_warmup   = 300

  launch_template {
    id      = aws_launch_template.backend.id
    version = "$Latest"
  }

  dynamic "tag" {
    for_each = local.tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_autoscaling_policy" "cpu" {
  count                  = local.fleet ? 1 : 0
  name                   = "${var.name}-cpu"
  autoscaling_group_name = aws_autoscaling_group.backend[0].name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
