"""One-stop systems (một cửa điện tử) send what they send to the national portal; Nhịp takes what is new in it."""
