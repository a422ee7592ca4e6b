#include "can.h"

#include "board.h"

#define INITIALISE 1u
#define MAILBOX_0_EMPTY (1u << 26)
#define RELEASE (1u << 5)
/* 500 kbit/s: one quantum is 1 of the 8 MHz clock's cycles, 1 + 13 + 2 of them a bit. */
#define BIT_TIMING ((1u << 20) | (12u << 16))

void can_start(void) {
    RCC_APB1ENR |= 1u << 25;
    CAN_MCR = INITIALISE;
    for (uint32_t tries = 0; tries < 100000u && !(CAN_MSR & INITIALISE); tries++) {
    }
    CAN_BTR = BIT_TIMING;
    CAN_MCR = 0;
}

bool can_send(struct frame frame) {
    if (!(CAN_TSR & MAILBOX_0_EMPTY)) {
        return false;
    }
    CAN_TDT0R = 8;
    CAN_TDL0R = frame.low;
    CAN_TDH0R = frame.high;
    CAN_TI0R = frame.id << 21 | 1u;
    return true;
}

bool can_receive(struct frame *frame) {
    if (!(CAN_RF0R & 3u)) {
        return false;
    }
    frame->id = CAN_RI0R >> 21;
    frame->low = CAN_RDL0R;
    frame->high = CAN_RDH0R;
    CAN_RF0R = RELEASE;
    return true;
}
