package reading

func (p *page) findTimes() {}
func (p *page) findStatements() {}
func (p *page) findAgreements() {}
