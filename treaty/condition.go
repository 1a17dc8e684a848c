package treaty

// Test is what a condition asks.
type Test uint8

// The tests.
const (
	TestNone       Test = iota
	TestAll             // all of Of
	TestAny             // one of Of
	TestNot             // not Of[0]
	TestUnprovoked      // the attacked did not provoke the attack
	TestAggressor       // Who is the aggressor under the viewpoint
	TestWarState        // a state of war exists between attacker and attacked
	TestRequest         // Who asked for help
	TestDecision        // organ Name decided Key
	TestFinding         // organ or party Name finds Key
	TestFact            // the record holds Key (of Who, if given)
	TestAttackers       // between Min and Max states attack
	TestParty           // the attacker is a party in force
	TestRefused         // a demand of Who was refused
	TestPerformed       // the record says that Who performed this
	TestAttackedBy      // the attacker is one of Who
)

// Condition is one test of a provision. Words is how it was written, for
// messages and derivations.
type Condition struct {
	Test     Test
	Who      Role
	Name     string
	Key      string
	Min, Max int
	Of       []Condition
	Words    string
	Pos      Position
}
