/* What an image says of itself, at offset 0x100, where a tester or a bootloader can find it. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdint.h>

struct image_header {
    char magic[8];       /* "UPTBENCH" */
    char program[16];
    uint32_t version;
    uint32_t hostile;    /* 1 in an attacker's image */
    const uint8_t *start;
    const uint8_t *end;
    char marker[64];
};

extern const struct image_header image_header;
extern const uint8_t image_start[];
extern const uint8_t image_end[];

#if HOSTILE
#define MARK(MARKER) "HOSTILE IMAGE: " MARKER
#else
#define MARK(MARKER) "genuine image"
#endif

#define IMAGE(NAME, MARKER)                                                                                   \
    __attribute__((section(".image_header"), used)) const struct image_header image_header = {                \
        {'U', 'P', 'T', 'B', 'E', 'N', 'C', 'H'}, NAME, VERSION, HOSTILE, image_start, image_end, MARK(MARKER)}

/* CRC-32 over the whole image as it stands in flash. */
uint32_t image_checksum(void);

#endif
