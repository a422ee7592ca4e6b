#include "image.h"

/* Kept in every image, used or not: testers read the tables by address. */
#define CALIBRATION __attribute__((section(".calibration"), used))
#include "tables.h"

const int16_t *const sine_table = SINE;
const uint16_t (*const response_table)[48] = RESPONSE;

uint32_t image_checksum(void) {
    uint32_t crc = 0xFFFFFFFFu;
    for (const uint8_t *p = image_header.start; p < image_header.end; p++) {
        crc = CRC32_TABLE[(crc ^ *p) & 0xFFu] ^ (crc >> 8);
    }
    return ~crc;
}
