mock_provider "aws" {
  source = "./mocks"
}

variables {
  name   = "tableorder"
  region = "ap-northeast-2"
}

run "single" {
  command = apply
  module {
    source = "../modules/network"
  }
  variables {
    shape = "single"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_subnet.app) == 0
    error_message = "One machine pays for no NAT gateway."
  }
  assert {
    condition     = length(distinct(aws_subnet.data[*].availability_zone)) == 2
    error_message = "A database's subnets stand in two zones."
  }
  assert {
    condition     = length(aws_route.app_out) == 0 && aws_route.out.route_table_id == aws_route_table.public.id
    error_message = "Only the public table has a way out."
  }
  assert {
    condition     = alltrue([for link in aws_route_table_association.data : link.route_table_id == aws_route_table.data.id])
    error_message = "Data subnets have the table without a way out."
  }
  assert {
    condition     = length(aws_default_security_group.closed.ingress) + length(aws_default_security_group.closed.egress) == 0
    error_message = "The default security group lets nothing in."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch != true])
    error_message = "A public address is given on purpose or not at all."
  }
}

run "fleet" {
  command = apply
  module {
    source = "../modules/network"
  }
  variables {
    shape = "fleet"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && length(distinct(aws_subnet.app[*].availability_zone)) == 2
    error_message = "Each zone of the fleet has its own way out."
  }
  assert {
    condition     = length(distinct(concat(aws_subnet.public[*].cidr_block, aws_subnet.app[*].cidr_block, aws_subnet.data[*].cidr_block))) == 6
    error_message = "Subnets do not overlap."
  }
  assert {
    condition     = aws_vpc_endpoint.s3.route_table_ids == toset(concat([aws_route_table.public.id], aws_route_table.app[*].id)) && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway"
    error_message = "S3 is reached without the NAT gateway."
  }
}
