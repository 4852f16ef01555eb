# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes a Perl program write its TLS keys to the file that $SSLKEYLOGFILE names, as others do by
# themselves: perl -I FOLDER -MKeylog PROGRAM ...
package Keylog;

use strict;
use warnings;

sub note {
    my ($ssl, $line) = @_;
    open(my $file, '>>', $ENV{SSLKEYLOGFILE}) or die "$ENV{SSLKEYLOGFILE}: $!";
    print $file "$line\n";
    close($file);
}

# Not before the program is compiled: the prototypes of Net::SSLeay would change how it is read.
INIT {
    require Net::SSLeay;
    my $new = \&Net::SSLeay::CTX_new;
    no warnings qw(redefine prototype);
    *Net::SSLeay::CTX_new = sub {
        my $context = $new->();
        Net::SSLeay::CTX_set_keylog_callback($context, \&note);
        return $context;
    };
}

1;
