"""The demo: every part of Nhịp on this machine, fed by a simulated province, gone without a trace at the end."""
