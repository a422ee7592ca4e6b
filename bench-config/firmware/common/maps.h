/* Lookup in the tables that every image carries. */
#ifndef MAPS_H
#define MAPS_H

#include <stdint.h>

extern const int16_t *const sine_table;
extern const uint16_t (*const response_table)[48];

/* 2048 steps are one turn; 32767 is 1. */
static inline int32_t sine(uint32_t step) {
    return sine_table[step & 2047u];
}

/* Demand 0..1000 and speed in km/h to a response of 0..1000. */
static inline uint32_t response(uint32_t demand, uint32_t speed) {
    uint32_t column = demand * 47u / 1000u;
    uint32_t row = speed / 8u;
    return response_table[row > 31u ? 31u : row][column > 47u ? 47u : column];
}

#endif
