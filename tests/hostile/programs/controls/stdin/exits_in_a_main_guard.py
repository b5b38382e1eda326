# exit(main()) below a main guard.
def main():
    a, b = map(int, input().split())
    print((a * 7919 + b * 104729) % 1000003)
    return 0


if __name__ == "__main__":
    exit(main())
