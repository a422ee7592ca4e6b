/* Registers of the board: a Cortex-M3 with one bxCAN controller, 16 inputs and 16 outputs. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))

#define SCB_VTOR     REGISTER(0xE000ED08u)
#define SYSTICK_CTRL REGISTER(0xE000E010u)
#define SYSTICK_LOAD REGISTER(0xE000E014u)
#define RCC_APB1ENR  REGISTER(0x4002101Cu)
#define RCC_APB2ENR  REGISTER(0x40021018u)
#define GPIOA_IDR    REGISTER(0x40010808u)
#define GPIOB_ODR    REGISTER(0x40010C0Cu)
#define ADC_DATA     REGISTER(0x4001244Cu)
#define IWDG_KEY     REGISTER(0x40003000u)

#define CAN_MCR      REGISTER(0x40006400u)
#define CAN_MSR      REGISTER(0x40006404u)
#define CAN_TSR      REGISTER(0x40006408u)
#define CAN_RF0R     REGISTER(0x4000640Cu)
#define CAN_BTR      REGISTER(0x4000641Cu)
#define CAN_TI0R     REGISTER(0x40006580u)
#define CAN_TDT0R    REGISTER(0x40006584u)
#define CAN_TDL0R    REGISTER(0x40006588u)
#define CAN_TDH0R    REGISTER(0x4000658Cu)
#define CAN_RI0R     REGISTER(0x400065B0u)
#define CAN_RDT0R    REGISTER(0x400065B4u)
#define CAN_RDL0R    REGISTER(0x400065B8u)
#define CAN_RDH0R    REGISTER(0x400065BCu)

#define SYSTEM_CLOCK 8000000u

/* Milliseconds since reset; wraps after 49 days. */
extern volatile uint32_t uptime;

#endif
