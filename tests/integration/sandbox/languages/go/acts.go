package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
)

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + deep(n-1)
}

func main() {
	in := bufio.NewReader(os.Stdin)
	var what string
	fmt.Fscan(in, &what)
	switch what {
	case "sum":
		total, n := 0, 0
		for {
			if _, err := fmt.Fscan(in, &n); err != nil {
				break
			}
			total += n
		}
		fmt.Println(total)
	case "exit":
		fmt.Println("before")
		os.Exit(7)
	case "fail":
		panic("on purpose")
	case "loop":
		for i := 0; ; i++ {
		}
	case "memory":
		var held [][]byte
		for {
			block := make([]byte, 1<<20)
			for i := range block {
				block[i] = 1
			}
			held = append(held, block)
		}
	case "spawn":
		count := 0
		for exec.Command("sleep", "60").Start() == nil {
			count++
		}
		fmt.Println(count)
	case "flood":
		for {
			fmt.Println(strings.Repeat("x", 1000))
		}
	case "secret":
		for _, path := range []string{"/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"} {
			if _, err := os.Stat(path); err == nil {
				fmt.Println(path)
				return
			}
		}
		fmt.Println("refused")
	case "connect":
		if _, err := net.Dial("tcp", "127.0.0.1:80"); err != nil {
			fmt.Println("refused")
		}
	case "leave":
		exec.Command("setsid", "sleep", "60").Start()
		fmt.Println("left")
	case "file":
		if _, err := os.Stat("note"); err == nil {
			fmt.Println("found")
		} else {
			fmt.Println("fresh")
		}
		os.WriteFile("note", []byte("x"), 0o600)
	case "deep":
		fmt.Println(deep(20000))
	}
}
