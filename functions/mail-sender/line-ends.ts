/** Text with the line ends of mail: nodemailer keeps them as they are, and a bare line feed is none (RFC 5322, 2.3). */
export const withCrlf = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n');
