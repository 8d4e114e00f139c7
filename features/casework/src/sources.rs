//! What this room tells the desk and the safety net.
