"""What people do in the operations centre: who may, directives to agencies, the shift log. Values and rules only."""
