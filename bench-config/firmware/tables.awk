# Writes the tables that all programs hold as C. Plain awk has no bit operations, so exclusive or is done by hand.

function xor(a, b,    bit, result) {
    result = 0
    for (bit = 1; a > 0 || b > 0; bit *= 2) {
        if (a % 2 != b % 2) result += bit
        a = int(a / 2); b = int(b / 2)
    }
    return result
}

function crc(n, polynomial,    k) {
    for (k = 0; k < 8; k++) n = n % 2 ? xor(polynomial, int(n / 2)) : n / 2
    return n
}

function rounded(x) { return x < 0 ? -int(0.5 - x) : int(x + 0.5) }

BEGIN {
    print "/* Written by tables.awk. */"
    print "CALIBRATION static const uint32_t CRC32_TABLE[256] = {"
    for (i = 0; i < 256; i++) { c = crc(i, 3988292384); printf "0x%04x%04xu,%s", int(c / 65536), c % 65536, i % 8 == 7 ? "\n" : " " }
    print "};\n"
    print "/* One turn in 2048 steps, 32767 is 1. */"
    print "CALIBRATION static const int16_t SINE[2048] = {"
    for (i = 0; i < 2048; i++) printf "%d,%s", rounded(32767 * sin(i * 3.14159265358979 / 1024)), i % 16 == 15 ? "\n" : " "
    print "};\n"
    print "/* Response maps, 48 columns of demand by 32 rows of speed, in 1/1000. */"
    print "CALIBRATION static const uint16_t RESPONSE[32][48] = {"
    for (r = 0; r < 32; r++) {
        printf "{"
        for (c = 0; c < 48; c++) printf "%d, ", rounded(1000 * (1 - exp(-3 * (c / 47) ^ 1.4)) / (1 - exp(-3)) * (1 - 0.35 * r / 31))
        print "},"
    }
    print "};"
}
