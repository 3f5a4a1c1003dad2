/**
 * The box's lights, its button and its watchdog: drivers, the loop that draws the signal of the
 * router's health and feeds the watchdog, and the file that says what a board has. Pi4J is seen
 * here alone. It knows neither tunnels nor documents, nor who asks: the router tells it how it
 * fares and is told what the button wants.
 */
package dev.noren.led;
