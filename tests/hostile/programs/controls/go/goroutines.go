// Goroutines, channels, generics, defer and recover, a scanner, fmt.Fscan.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"sync"
)

type Number interface{ ~int | ~int64 }

func sum[T Number](all ...T) (total T) {
	for _, one := range all {
		total += one
	}
	return
}

func main() {
	defer func() { _ = recover() }()
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var a, b int64
	fmt.Fscan(in, &a, &b)
	parts := make(chan int64, 2)
	var all sync.WaitGroup
	for _, pair := range [][2]int64{{a, 7919}, {b, 104729}} {
		all.Add(1)
		go func(pair [2]int64) { defer all.Done(); parts <- pair[0] * pair[1] }(pair)
	}
	all.Wait()
	got := []int64{<-parts, <-parts}
	sort.Slice(got, func(i, j int) bool { return got[i] < got[j] })
	fmt.Fprintln(out, sum(got...)%1000003)
}
