/* What a program gives and gets: one cycle every ten milliseconds, and the frames that arrive in between. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "can.h"

void program_received(struct frame frame);
void program_cycle(void);

#endif
