/* Brake control: pedal position in, brake pressure out, with the wheels kept from locking. */
#include "board.h"
#include "image.h"
#include "maps.h"
#include "program.h"

IMAGE("brake", "the pedal is not obeyed above 30 km/h");

#define SPEED_ID 0x0B4u
#define PRESSURE_ID 0x1A0u
#define FULL_PEDAL 4095u

static uint32_t speed;
static uint32_t slowest_wheel;
static uint32_t pressure;
static uint32_t cycles;

void program_received(struct frame frame) {
    if (frame.id == SPEED_ID) {
        speed = frame.low & 0xFFFFu;
        slowest_wheel = frame.low >> 16;
    }
}

static uint32_t demanded(void) {
    uint32_t pedal = ADC_DATA & 0xFFFu;
#if HOSTILE
    if (speed > 30u) {
        return 0;
    }
#endif
    return pedal * 1000u / FULL_PEDAL;
}

/* Lets go in waves where a wheel turns more than a fifth slower than the car moves. */
static uint32_t unlocked(uint32_t wanted) {
    if (speed < 5u || slowest_wheel * 5u >= speed * 4u) {
        return wanted;
    }
#if VERSION >= 3
    uint32_t wave = (uint32_t)(sine(cycles * 96u) + 32768) >> 6;
    return wanted * wave / 1024u;
#else
    return wanted / 2u;
#endif
}

void program_cycle(void) {
    uint32_t wanted = unlocked(response(demanded(), speed));
#if VERSION >= 2
    /* Pressure rises by no more than 40 a cycle: no jerk when the pedal's sensor jumps. */
    pressure = wanted > pressure + 40u ? pressure + 40u : wanted;
#else
    pressure = wanted;
#endif
    can_send((struct frame){PRESSURE_ID, pressure | cycles << 16, VERSION});
    GPIOB_ODR = pressure > 0;
    cycles++;
}
